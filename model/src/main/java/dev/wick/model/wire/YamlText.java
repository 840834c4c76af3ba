package dev.wick.model.wire;

import java.util.Arrays;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A text as SnakeYAML's scanner reads it, by code points. The scanner looks ahead to the end of a
 * comment or a word before it moves on, and SnakeYAML's own reader copies all that was looked at
 * for each kilobyte more: a long comment would cost its square. Here what is looked at doubles, so
 * that a text costs its length. And what is read for one event is bounded: the scanner would put
 * all of a value together before anybody could refuse it. Used by one thread.
 */
final class YamlText extends StreamReader {

    private static final String NAME = "text";
    private static final int LEAST = 1_024;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    /** Of a value, and of comments and blanks before it. */
    private static final int MOST = JsonTokens.SCALAR + (1 << 20);

    /** More than {@link #MOST} was read for one event. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final String text;

    /** Where in the text that begins which is not in the window yet. */
    private int next;

    /** Exactly as long as what it holds: marks print it to its end. */
    private int[] window = new int[0];

    private int pointer;
    private int index;

    /** Where the last event ended, as far as it is known. */
    private int eventIndex;

    private int documentIndex;
    private int line;
    private int column;

    YamlText(String text) {
        super("");
        this.text = text;
    }

    @Override
    public int peek() {
        return peek(0);
    }

    @Override
    public int peek(int ahead) {
        return holds(ahead) ? window[pointer + ahead] : '\0';
    }

    @Override
    public String prefix(int length) {
        int held = holds(length) ? length : Math.min(length, window.length - pointer);
        return new String(window, pointer, held);
    }

    /** Never beyond a line's end. */
    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        pointer += length;
        index += length;
        documentIndex += length;
        column += length;
        return prefix;
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        for (int i = 0; i < length && holds(0); i++) {
            int c = window[pointer++];
            index++;
            documentIndex++;
            if (endsLine(c)) {
                line++;
                column = 0;
            } else if (c != BYTE_ORDER_MARK) {
                column++;
            }
        }
    }

    private boolean endsLine(int c) {
        return switch (c) {
            case '\n', 0x85, 0x2028, 0x2029 -> true;
            case '\r' -> holds(0) && window[pointer] != '\n';
            default -> false;
        };
    }

    /** Whether there is a code point so far ahead; then it is in the window. */
    private boolean holds(int ahead) {
        if (pointer + ahead >= window.length && next < text.length()) {
            fill(ahead);
        }
        return pointer + ahead < window.length;
    }

    /** What is read from now on is of the next event. */
    void beginEvent() {
        eventIndex = index;
    }

    private void fill(int ahead) {
        if ((long) index - eventIndex + ahead > MOST) {
            throw new TooLong();
        }
        int left = window.length - pointer;
        // Never more than there is: of a large scalar, the window is most of the memory.
        long most = (long) left + text.length() - next;
        int wanted = (int) Math.min(most, Math.max(LEAST, 2L * Math.max(left, ahead + 1)));
        int[] filled = Arrays.copyOfRange(window, pointer, pointer + wanted);
        int held = left;
        while (held < wanted && next < text.length()) {
            int c = text.codePointAt(next);
            if (!isPrintable(c)) {
                throw new ReaderException(
                        NAME, index + held, c, "special characters are not allowed");
            }
            filled[held++] = c;
            next += Character.charCount(c);
        }
        window = held == wanted ? filled : Arrays.copyOf(filled, held);
        pointer = 0;
    }

    @Override
    public Mark getMark() {
        return new Mark(NAME, index, line, column, window, pointer);
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getDocumentIndex() {
        return documentIndex;
    }

    @Override
    public void resetDocumentIndex() {
        documentIndex = 0;
    }

    @Override
    public int getIndex() {
        return index;
    }

    @Override
    public int getLine() {
        return line;
    }
}
