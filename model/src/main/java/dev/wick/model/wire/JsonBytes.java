package dev.wick.model.wire;

import java.nio.charset.StandardCharsets;

/**
 * The characters of a JSON text in UTF-8: white space, names, texts, numbers and words, one after
 * the other. Knows no grammar beyond that. Used by one thread.
 */
final class JsonBytes {

    /** What is wrong at the place where the reading stands. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message, null, false, false);
        }
    }

    private static final int END = -1;

    private final byte[] bytes;
    private int at;
    private int line = 1;
    private int lineStart;

    JsonBytes(byte[] bytes) {
        this.bytes = bytes;
        boolean marked =
                bytes.length >= 3
                        && bytes[0] == (byte) 0xef
                        && bytes[1] == (byte) 0xbb
                        && bytes[2] == (byte) 0xbf;
        at = marked ? 3 : 0;
        lineStart = at;
    }

    /** Counted from 0. */
    int offset() {
        return at;
    }

    /** Counted from 1. */
    int line() {
        return line;
    }

    /** In bytes, counted from 1. */
    int column() {
        return at - lineStart + 1;
    }

    /** Steps over white space and answers what comes then, -1 at the end. */
    int peek() {
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b == '\n') {
                line++;
                lineStart = at + 1;
            } else if (b != ' ' && b != '\r' && b != '\t') {
                return b & 0xff;
            }
            at++;
        }
        return END;
    }

    /** Steps over the byte that was peeked. */
    void step() {
        at++;
    }

    /** Reads {@code true}, {@code false} or {@code null}, which begins here. */
    void word(String word) throws Broken {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= bytes.length || bytes[at + i] != word.charAt(i)) {
                throw new Broken("unknown word");
            }
        }
        at += word.length();
        if (at < bytes.length && (bytes[at] < 0 || Character.isJavaIdentifierPart(bytes[at]))) {
            throw new Broken("unknown word");
        }
    }

    /** A number ends where something else begins. */
    private void separated() throws Broken {
        if (at < bytes.length && " \r\n\t,:]}".indexOf(bytes[at]) < 0) {
            throw new Broken("unexpected character");
        }
    }

    /** Reads the number that begins here, in JSON's form. */
    String number() throws Broken {
        int start = at;
        if (bytes[at] == '-') {
            at++;
        }
        if (at < bytes.length && bytes[at] == '0') {
            at++;
        } else {
            digits();
        }
        if (at < bytes.length && bytes[at] == '.') {
            at++;
            digits();
        }
        if (at < bytes.length && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (at < bytes.length && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            digits();
        }
        separated();
        return new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
    }

    private void digits() throws Broken {
        int start = at;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw new Broken("number without a digit");
        }
    }

    /** Reads the text behind the quote that was peeked, its closing quote included. */
    String text() throws Broken {
        int start = ++at;
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b == '"') {
                String text = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
                at++;
                return text;
            }
            if (b == '\\' || b < ' ') {
                break; // a byte of 0x80 and more is below ' ' too
            }
            at++;
        }
        StringBuilder text = new StringBuilder(2 * (at - start) + 16);
        for (int i = start; i < at; i++) {
            text.append((char) bytes[i]);
        }
        return rest(text);
    }

    private String rest(StringBuilder text) throws Broken {
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b == '"') {
                at++;
                return text.toString();
            } else if (b == '\\') {
                at++;
                text.append(escaped());
            } else if (b >= ' ') {
                text.append((char) b);
                at++;
            } else if (b >= 0) {
                throw new Broken("control character in a text");
            } else {
                text.appendCodePoint(codePoint());
            }
        }
        throw new Broken("text without an end");
    }

    private char escaped() throws Broken {
        int c = at < bytes.length ? bytes[at++] : END;
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw new Broken("unknown escape");
        };
    }

    private char hex() throws Broken {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
            if (digit < 0) {
                throw new Broken("escape without four hexadecimal digits");
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }

    /** Reads a character of two bytes or more: the shortest form only, and no surrogate. */
    private int codePoint() throws Broken {
        int first = bytes[at] & 0xff;
        int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
        int value = first & (0x3f >> more);
        if (first < 0xc2 || first > 0xf4 || at + more >= bytes.length) {
            throw new Broken("no UTF-8");
        }
        for (int i = 1; i <= more; i++) {
            int next = bytes[at + i] & 0xff;
            if ((next & 0xc0) != 0x80) {
                throw new Broken("no UTF-8");
            }
            value = value << 6 | (next & 0x3f);
        }
        int least = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80;
        if (value < least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
            throw new Broken("no UTF-8");
        }
        at += more + 1;
        return value;
    }
}
