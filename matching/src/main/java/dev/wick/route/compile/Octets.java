package dev.wick.route.compile;

import java.nio.charset.StandardCharsets;

/**
 * Texts of a document are characters, those of a message octets, one in each char: here the former
 * become the latter, by UTF-8.
 */
final class Octets {

    private Octets() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                return new String(bytes, StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }
}
