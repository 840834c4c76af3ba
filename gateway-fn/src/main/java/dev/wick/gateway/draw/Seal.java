package dev.wick.gateway.draw;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Closes what lies on disk with AES-256-GCM, bound to its name, under keys derived from a secret. A
 * file begins with a format octet and the nonce.
 */
final class Seal {

    private static final byte FORMAT = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int NAME_OCTETS = 20;
    private static final String SUFFIX = ".wick";

    private final SecretKeySpec contents;
    private final SecretKeySpec names;
    private final SecureRandom random = new SecureRandom();

    Seal(String secret, String gateway) {
        byte[] root = secret.getBytes(StandardCharsets.UTF_8);
        SecretKeySpec key = new SecretKeySpec(root, "HmacSHA256");
        contents = new SecretKeySpec(mac(key, "wick copy contents 1 " + gateway), "AES");
        names = new SecretKeySpec(mac(key, "wick copy names 1 " + gateway), "HmacSHA256");
    }

    String fileName(String name) {
        byte[] code = Arrays.copyOf(mac(names, name), NAME_OCTETS);
        return HexFormat.of().formatHex(code) + SUFFIX;
    }

    /** Whether a file is one of these, or one that was left half written. */
    static boolean isFileName(String name) {
        return (name.endsWith(SUFFIX) && name.length() == 2 * NAME_OCTETS + SUFFIX.length())
                || (name.startsWith("new-") && name.endsWith(".tmp"));
    }

    byte[] close(String name, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(plain);
            byte[] file = new byte[1 + NONCE + closed.length];
            file[0] = FORMAT;
            System.arraycopy(nonce, 0, file, 1, NONCE);
            System.arraycopy(closed, 0, file, 1 + NONCE, closed.length);
            return file;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Null where it was closed under another name or secret, or was damaged. */
    byte @Nullable [] open(String name, byte[] file) {
        if (file.length < 1 + NONCE || file[0] != FORMAT) {
            return null;
        }
        byte[] nonce = Arrays.copyOfRange(file, 1, 1 + NONCE);
        try {
            return cipher(Cipher.DECRYPT_MODE, name, nonce)
                    .doFinal(file, 1 + NONCE, file.length - 1 - NONCE);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, contents, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
