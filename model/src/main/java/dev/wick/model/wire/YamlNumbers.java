package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonToken;

/**
 * Which plain scalars are numbers to YAML 1.2 (core schema), and which of those are whole numbers
 * in plain decimal digits.
 */
final class YamlNumbers {

    private YamlNumbers() {}

    /**
     * {@code VALUE_NUMBER_INT}: decimal digits without a leading zero; {@code VALUE_NUMBER_FLOAT}:
     * any other number; else text.
     */
    static JsonToken token(String text) {
        if (isWhole(text)) {
            return JsonToken.VALUE_NUMBER_INT;
        }
        return isNumber(text) ? JsonToken.VALUE_NUMBER_FLOAT : JsonToken.VALUE_STRING;
    }

    private static boolean isWhole(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int length = text.length() - from;
        return digits(text, from) == text.length()
                && length > 0
                && (length == 1 || text.charAt(from) != '0');
    }

    private static boolean isNumber(String text) {
        if (text.startsWith("0x")) {
            return text.length() > 2 && all(text, 2, 16);
        }
        if (text.startsWith("0o")) {
            return text.length() > 2 && all(text, 2, 8);
        }
        int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        String rest = text.substring(from);
        return switch (rest) {
            case ".inf", ".Inf", ".INF" -> true;
            case ".nan", ".NaN", ".NAN" -> from == 0;
            default -> isDecimal(rest);
        };
    }

    /** {@code (\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?}. */
    private static boolean isDecimal(String text) {
        int whole = digits(text, 0);
        int at = whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = digits(text, at + 1);
            if (whole == 0 && fraction == at + 1) {
                return false;
            }
            at = fraction;
        } else if (whole == 0) {
            return false;
        }
        if (at == text.length()) {
            return true;
        }
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        at++;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        return at < text.length() && digits(text, at) == text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static boolean all(String text, int from, int radix) {
        for (int i = from; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), radix) < 0) {
                return false;
            }
        }
        return true;
    }
}
