package dev.wick.route;

import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that must match all of a text.
 *
 * <p>Texts of a message are octets, one in each char; expressions are about characters. So octets
 * are read as UTF-8, and what is not UTF-8 matches nothing, as with Envoy's RE2.
 */
final class FullMatch {

    private final Pattern pattern;

    FullMatch(Pattern pattern) {
        this.pattern = pattern;
    }

    boolean test(String octets, int from, int to) {
        String text = text(octets.substring(from, to));
        return text != null && pattern.matcher(text).matches();
    }

    /** The characters that octets stand for, or null where they stand for none. */
    static @Nullable String text(String octets) {
        return ascii(octets) ? octets : utf8(octets);
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String utf8(String octets) {
        byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
