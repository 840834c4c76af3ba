package dev.wick.gateway.observe;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes access log lines into a block of bytes. Whatever a client may choose is escaped, so that
 * no header can forge a line or a field: a quotation mark, a backslash and all that is not
 * printable ASCII become {@code \xHH}.
 */
final class LogLine {

    /**
     * The longest value that is printed whole, in characters; of a longer one this much and {@code
     * ...}.
     */
    static final int LONGEST_VALUE = 1024;

    /**
     * No line is longer: seven values that a client chooses, each character escaped, and room for
     * the rest.
     */
    static final int LONGEST = 8 * 4 * LONGEST_VALUE;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int[] FLAG_BITS = flagBits();
    private static final String[] FLAG_LETTERS = flagLetters();

    private final Clock clock = new Clock();
    private byte[] block = new byte[0];
    private int at;

    /**
     * Writes a line in Envoy's default format into {@code block} from {@code start}, and says where
     * it ends.
     */
    int write(FinishedExchange finished, byte[] block, int start) {
        this.block = block;
        this.at = start;
        String own = finished.line;
        if (own != null) {
            whole(own);
            return at;
        }
        write('[');
        at = clock.write(finished.startMillis, block, at);
        ascii("] \"");
        text(finished.method);
        write(' ');
        text(finished.path);
        write(' ');
        text(finished.protocol);
        ascii("\" ");
        number(finished.status);
        write(' ');
        flags(finished.flags);
        write(' ');
        number(finished.bytesReceived);
        write(' ');
        number(finished.bytesSent);
        write(' ');
        number(finished.durationMillis);
        write(' ');
        if (finished.upstreamServiceMillis < 0) {
            write('-');
        } else {
            number(finished.upstreamServiceMillis);
        }
        write(' ');
        quoted(finished.forwardedFor);
        write(' ');
        quoted(finished.userAgent);
        write(' ');
        quoted(finished.requestId);
        write(' ');
        quoted(finished.authority);
        write(' ');
        quoted(finished.upstreamHost);
        write('\n');
        return at;
    }

    /** A line that is too long loses its end. */
    private void whole(String line) {
        if (line.length() <= LONGEST) {
            latin1(line, line.length());
        } else {
            latin1(line, LONGEST - 1);
            write('\n');
        }
    }

    private void flags(int flags) {
        if (flags == 0) {
            write('-');
            return;
        }
        boolean first = true;
        for (int i = 0; i < FLAG_BITS.length; i++) {
            if ((flags & FLAG_BITS[i]) != 0) {
                if (!first) {
                    write(',');
                }
                first = false;
                ascii(FLAG_LETTERS[i]);
            }
        }
    }

    private void quoted(@Nullable String value) {
        write('"');
        text(value);
        write('"');
    }

    /** Nothing and the empty string are both {@code -}. */
    private void text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            write('-');
            return;
        }
        int length = Math.min(value.length(), LONGEST_VALUE);
        int start = at;
        latin1(value, length);
        for (int i = start; i < at; i++) {
            int c = block[i];
            if (c < 0x20 || c == 0x7f || c == '"' || c == '\\') {
                at = i;
                escaped(value, i - start, length);
                break;
            }
        }
        if (length < value.length()) {
            ascii("...");
        }
    }

    private void escaped(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            int c = value.charAt(i) & 0xff;
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                write('\\');
                write('x');
                write(HEX[c >> 4]);
                write(HEX[c & 15]);
            } else {
                write(c);
            }
        }
    }

    private void ascii(String value) {
        latin1(value, value.length());
    }

    // The one way to copy a string's bytes without a new array; it takes the low byte of each
    // character, and ours are Latin-1.
    @SuppressWarnings("deprecation")
    private void latin1(String value, int length) {
        value.getBytes(0, length, block, at);
        at += length;
    }

    private void number(long number) {
        if (number < 0) {
            write('-');
            number = -number;
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        at += digits;
        int position = at;
        long rest = number;
        do {
            block[--position] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    private void write(int c) {
        block[at++] = (byte) c;
    }

    private static int[] flagBits() {
        ResponseFlag[] flags = ResponseFlag.values();
        int[] bits = new int[flags.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = flags[i].bit();
        }
        return bits;
    }

    private static String[] flagLetters() {
        ResponseFlag[] flags = ResponseFlag.values();
        String[] letters = new String[flags.length];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = flags[i].letters();
        }
        return letters;
    }
}
