package dev.wick.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Octets as people read them, for explanations. */
final class Characters {

    private Characters() {}

    /** The characters that octets are in UTF-8; the same where they are none. */
    static String of(String octets) {
        byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException malformed) {
            return octets;
        }
    }
}
