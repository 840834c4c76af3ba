package dev.wick.store.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Secrets at rest. Each is encrypted under a random data key of its own by AES-256-GCM, the data
 * key is wrapped by the key-encryption key, and gateway, kind and name are authenticated with both,
 * so that ciphertext can't be moved to another name. Any thread.
 *
 * <p>Layout: format 1, length and bytes of the key's id, 12 bytes nonce and 48 bytes wrapped data
 * key, 12 bytes nonce and the sealed document.
 */
public final class Envelope {

    private static final byte FORMAT = 1;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int DATA_KEY = 32;

    /** Fair: a rotation comes to its turn however many apply. */
    private final ReadWriteLock exchange = new ReentrantReadWriteLock(true);

    private volatile KeyRing keys;
    private final SecureRandom random = new SecureRandom();

    public Envelope(KeyEncryptionKey key) {
        this(KeyRing.of(key));
    }

    public Envelope(KeyRing keys) {
        this.keys = keys;
    }

    KeyRing keys() {
        return keys;
    }

    /** While it is held, {@link #seal} seals under the same key. */
    public Lock sameKey() {
        return exchange.readLock();
    }

    /** From now on; what is on its way to the log under the key before is waited for. */
    void use(KeyRing ring) {
        exchange.writeLock().lock();
        try {
            keys = ring;
        } finally {
            exchange.writeLock().unlock();
        }
    }

    /** The sealed form of a document. Equal documents give unequal bytes. */
    public byte[] seal(String gateway, String kind, String name, byte[] document) {
        byte[] dataKey = random(DATA_KEY);
        byte[] place = place(gateway, kind, name);
        byte[] sealed = encrypt(new SecretKeySpec(dataKey, "AES"), place, document);
        byte[] envelope = wrapped(keys.current(), place, dataKey, sealed);
        Arrays.fill(dataKey, (byte) 0);
        return envelope;
    }

    private byte[] wrapped(KeyEncryptionKey key, byte[] place, byte[] dataKey, byte[] sealed) {
        byte[] id = key.id().getBytes(StandardCharsets.US_ASCII);
        byte[] wrapped = encrypt(key.key(), place, dataKey);
        return ByteBuffer.allocate(2 + id.length + wrapped.length + sealed.length)
                .put(FORMAT)
                .put((byte) id.length)
                .put(id)
                .put(wrapped)
                .put(sealed)
                .array();
    }

    /**
     * The document that was sealed for this place.
     *
     * @throws KeyMissing where it is under a key that is not here
     * @throws IllegalStateException with a sentence for the operator, where the bytes were changed
     */
    public byte[] open(String gateway, String kind, String name, byte[] envelope) {
        ByteBuffer in = ByteBuffer.wrap(envelope);
        KeyEncryptionKey key = key(kind, name, in);
        byte[] place = place(gateway, kind, name);
        byte[] dataKey = decrypt(key.key(), place, bytes(in, NONCE + DATA_KEY + TAG));
        return decrypt(new SecretKeySpec(dataKey, "AES"), place, bytes(in, in.remaining()));
    }

    /**
     * The same, its data key under the current key; null where it is so already.
     *
     * @throws KeyMissing where it is under a key that is not here
     */
    byte @Nullable [] rewrap(String gateway, String kind, String name, byte[] envelope) {
        ByteBuffer in = ByteBuffer.wrap(envelope);
        KeyEncryptionKey key = key(kind, name, in);
        KeyEncryptionKey current = keys.current();
        if (key.id().equals(current.id())) {
            return null;
        }
        byte[] place = place(gateway, kind, name);
        byte[] dataKey = decrypt(key.key(), place, bytes(in, NONCE + DATA_KEY + TAG));
        byte[] again = wrapped(current, place, dataKey, bytes(in, in.remaining()));
        Arrays.fill(dataKey, (byte) 0);
        return again;
    }

    /** The one that wrapped its data key, which comes next. */
    private KeyEncryptionKey key(String kind, String name, ByteBuffer in) {
        byte format = in.get();
        if (format != FORMAT) {
            throw new IllegalStateException(
                    "envelope format: " + format + " (expected: " + FORMAT + ")");
        }
        byte[] id = bytes(in, in.get());
        String sealedBy = new String(id, StandardCharsets.US_ASCII);
        KeyRing ring = keys;
        KeyEncryptionKey key = ring.byId(sealedBy);
        if (key == null) {
            throw new KeyMissing(kind, name, sealedBy, ring);
        }
        return key;
    }

    private byte[] encrypt(SecretKey with, byte[] place, byte[] plain) {
        try {
            byte[] nonce = random(NONCE);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, with, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(place);
            byte[] sealed = cipher.doFinal(plain);
            return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] decrypt(SecretKey with, byte[] place, byte[] sealed) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, with, new GCMParameterSpec(TAG * 8, sealed, 0, NONCE));
            cipher.updateAAD(place);
            return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "a sealed secret does not open: its bytes were changed or moved", e);
        }
    }

    private static byte[] place(String gateway, String kind, String name) {
        return (gateway + '\0' + kind + '\0' + name).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
