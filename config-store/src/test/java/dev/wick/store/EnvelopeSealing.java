package dev.wick.store;

import dev.wick.store.access.Envelope;
import dev.wick.store.admit.Sealing;
import java.util.concurrent.locks.Lock;

/** Seals as an envelope does; a test overrides where something is to happen besides. */
public class EnvelopeSealing implements Sealing {

    private final Envelope envelope;

    public EnvelopeSealing(Envelope envelope) {
        this.envelope = envelope;
    }

    @Override
    public byte[] seal(String gateway, String kind, String name, byte[] document) {
        return envelope.seal(gateway, kind, name, document);
    }

    @Override
    public byte[] open(String gateway, String kind, String name, byte[] sealed) {
        return envelope.open(gateway, kind, name, sealed);
    }

    @Override
    public Lock sameKey() {
        return envelope.sameKey();
    }
}
