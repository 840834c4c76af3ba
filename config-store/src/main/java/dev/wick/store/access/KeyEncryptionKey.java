package dev.wick.store.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that wraps the data key of every secret: 256 bits, from {@code WICK_STORE_KEY} or {@code
 * DIR/key}.
 */
public final class KeyEncryptionKey {

    private static final int BYTES = 32;

    private final SecretKey key;
    private final String id;

    private KeyEncryptionKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
        this.id = idOf(bytes);
    }

    /** A new one. */
    public static KeyEncryptionKey generate() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new KeyEncryptionKey(bytes);
    }

    /**
     * From its text, 32 bytes in base64.
     *
     * @throws IllegalArgumentException with a sentence for the operator; never with the key in it
     */
    public static KeyEncryptionKey parse(String source, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    source + ": not base64 (expected: 32 bytes in base64)", e);
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    source + ": " + bytes.length + " bytes (expected: 32 bytes in base64)");
        }
        return new KeyEncryptionKey(bytes);
    }

    /** Names the key without telling it: stored beside what it wraps. */
    public String id() {
        return id;
    }

    SecretKey key() {
        return key;
    }

    /** The form that {@link #parse} reads. */
    public String text() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static String idOf(byte[] bytes) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update("wick key id".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(Arrays.copyOf(sha.digest(bytes), 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "KeyEncryptionKey[" + id + "]";
    }
}
