package dev.wick.gateway.codec;

import io.netty.util.AsciiString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names and values of fields as texts that know their hash: HPACK asks for that of each field that
 * is written, and a String has another. Confined to its loop.
 *
 * <p>A text is kept from its second sight on, so that those met once cost no more than they would
 * without it.
 */
public final class FieldTexts {

    private static final int PLACES = 512;
    private static final int LONGEST = 128;

    private final String[] strings = new String[PLACES];
    private final @Nullable AsciiString[] texts = new AsciiString[PLACES];
    private final int[] seen = new int[PLACES];

    FieldTexts() {
        Arrays.fill(strings, "");
    }

    /** The same, of Latin-1 octets. */
    public CharSequence text(String string) {
        int hash = string.hashCode();
        int place = (hash ^ hash >>> 9) & (PLACES - 1);
        AsciiString known = texts[place];
        if (known != null && strings[place].equals(string)) {
            return known;
        }
        if (seen[place] != hash || string.length() > LONGEST) {
            seen[place] = hash;
            return string;
        }
        AsciiString text = new AsciiString(string);
        strings[place] = string;
        texts[place] = text;
        return text;
    }
}
