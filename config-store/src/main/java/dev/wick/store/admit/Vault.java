package dev.wick.store.admit;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.Secret;
import dev.wick.model.wire.Json;
import dev.wick.store.revision.Key;
import java.util.concurrent.locks.Lock;

/**
 * What is kept of a document, and what is shown of it: secrets are kept sealed, and shown without
 * their value. Any thread.
 */
public final class Vault {

    /**
     * Stands for the value of a secret wherever it is shown; written back, it means the value that
     * is there.
     */
    public static final String REDACTED = "(redacted)";

    private static final String SECRET = Kind.SECRET.spelling();

    private final Sealing sealing;

    public Vault(Sealing sealing) {
        this.sealing = sealing;
    }

    /** See {@link Sealing#sameKey}. */
    Lock sameKey() {
        return sealing.sameKey();
    }

    static boolean isSealed(String gateway, Key key) {
        return key.kind().equals(SECRET) && !GatewayName.isReserved(gateway);
    }

    /** The bytes to keep, from the canonical ones. */
    byte[] kept(String gateway, Key key, byte[] plain) {
        return isSealed(gateway, key)
                ? sealing.seal(gateway, key.kind(), key.name(), plain)
                : plain;
    }

    /**
     * The canonical bytes of what is kept, secrets in the clear: for comparison, and for an
     * instance.
     */
    public byte[] plain(String gateway, Key key, byte[] kept) {
        return isSealed(gateway, key) ? sealing.open(gateway, key.kind(), key.name(), kept) : kept;
    }

    /** The canonical bytes that everybody may see. */
    public byte[] shown(String gateway, Key key, byte[] kept) {
        return isSealed(gateway, key) ? Json.write(new Secret(key.name(), REDACTED)) : kept;
    }

    /** The canonical bytes for a reader who may see secrets, or may not. */
    public byte[] read(String gateway, Key key, byte[] kept, boolean reveal) {
        return reveal ? plain(gateway, key, kept) : shown(gateway, key, kept);
    }

    /** What is kept, as a document; secrets in the clear. */
    Document document(String gateway, Key key, byte[] kept) {
        return Json.read(plain(gateway, key, kept));
    }
}
