package dev.wick.model.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a YAML text at its {@code ---} lines, so that a syntax error in one document does not hide
 * what is wrong with the next. In YAML a line that begins so begins a document wherever it stands,
 * in a block of text too.
 */
final class YamlParts {

    private YamlParts() {}

    /**
     * @param line of the text, counted from 1, on which the part begins
     */
    record Part(int line, String text) {}

    static List<Part> of(String text) {
        List<Part> parts = new ArrayList<>();
        int begin = text.startsWith("\uFEFF") ? 1 : 0;
        int beginLine = 1;
        int line = 1;
        boolean directives = false;
        for (int at = begin; at < text.length(); line++) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            if (text.startsWith("%", at) && at == begin) {
                directives = true;
            } else if (marksDocument(text, at)) {
                if (directives) {
                    directives = false; // they belong to this document
                } else if (at > begin) {
                    parts.add(new Part(beginLine, text.substring(begin, at)));
                    begin = at;
                    beginLine = line;
                }
            }
            at = next;
        }
        parts.add(new Part(beginLine, text.substring(begin)));
        return parts;
    }

    private static boolean marksDocument(String text, int at) {
        return text.startsWith("---", at)
                && (at + 3 == text.length() || Character.isWhitespace(text.charAt(at + 3)));
    }
}
