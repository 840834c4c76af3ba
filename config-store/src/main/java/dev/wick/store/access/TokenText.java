package dev.wick.store.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The text that a bearer shows: an id by which it is found, a dot, and 256 random bits. */
record TokenText(String id, String text) {

    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;

    static TokenText generate(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        String name = HexFormat.of().formatHex(id);
        return new TokenText(
                name, name + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Null where the text has no such form. */
    static @Nullable TokenText parse(String text) {
        int dot = text.indexOf('.');
        return dot < 1 || text.length() > 200 ? null : new TokenText(text.substring(0, dot), text);
    }

    /** A fast hash is enough for a text that nobody can guess. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "TokenText[" + id + "]";
    }
}
