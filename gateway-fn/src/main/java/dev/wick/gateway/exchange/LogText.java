package dev.wick.gateway.exchange;

import dev.wick.format.Facts;
import dev.wick.format.Format;
import dev.wick.gateway.snapshot.ReplySettings;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line of the access log in a listener's own format. As in the default one, no value can
 * forge a line or a field: a quotation mark, a backslash and all that is not printable ASCII become
 * {@code \\xHH}, in JSON what JSON has for them.
 */
final class LogText implements Format.Sink {

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(256);

    private LogText() {}

    /** The whole line, in octets. */
    static String line(ReplySettings.Body format, Facts facts) {
        Format text = format.text();
        if (text == null) {
            return format.fill(facts);
        }
        LogText line = new LogText();
        text.write(facts, line);
        int last = line.out.length() - 1;
        if (last < 0 || line.out.charAt(last) != '\n') {
            line.out.append('\n');
        }
        return line.out.toString();
    }

    @Override
    public void literal(String text) {
        out.append(text);
    }

    @Override
    public void value(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            out.append('-');
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
                out.append("\\x").append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
            } else {
                out.append(c);
            }
        }
    }
}
