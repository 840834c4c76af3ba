package dev.wick.route;

/** Texts compared as if all their letters of ASCII were lower case; other octets are themselves. */
final class Ascii {

    private Ascii() {}

    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }

    /** The text in lower case; the same object where it is already. */
    static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (lower(text.charAt(i)) != text.charAt(i)) {
                char[] chars = text.toCharArray();
                for (; i < chars.length; i++) {
                    chars[i] = lower(chars[i]);
                }
                return new String(chars);
            }
        }
        return text;
    }

    /**
     * Whether {@code text} has {@code part} at {@code from}.
     *
     * @param part in lower case
     */
    static boolean startsWith(String text, int from, String part) {
        if (from < 0 || from + part.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            if (lower(text.charAt(from + i)) != part.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
