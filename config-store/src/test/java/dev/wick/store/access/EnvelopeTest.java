package dev.wick.store.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final byte[] PLAIN = "hush-hush".getBytes(StandardCharsets.UTF_8);

    private final KeyEncryptionKey key = KeyEncryptionKey.generate();
    private final Envelope envelope = new Envelope(key);

    @Test
    void whatWasSealedOpensWithItsKeyInItsPlace() {
        byte[] sealed = envelope.seal("g", "Secret", "s", PLAIN);

        Envelope again = new Envelope(KeyEncryptionKey.parse("test", key.text()));
        assertArrayEquals(PLAIN, again.open("g", "Secret", "s", sealed));
    }

    @Test
    void equalSecretsAreSealedUnequally() {
        assertFalse(
                Arrays.equals(
                        envelope.seal("g", "Secret", "s", PLAIN),
                        envelope.seal("g", "Secret", "s", PLAIN)));
    }

    @Test
    void aSealedSecretOpensNowhereElse() {
        byte[] sealed = envelope.seal("g", "Secret", "s", PLAIN);

        assertThrows(IllegalStateException.class, () -> envelope.open("g", "Secret", "t", sealed));
        assertThrows(IllegalStateException.class, () -> envelope.open("h", "Secret", "s", sealed));
    }

    @Test
    void aChangedByteIsNoticed() {
        byte[] sealed = envelope.seal("g", "Secret", "s", PLAIN);
        sealed[sealed.length - 1] ^= 1;

        assertThrows(IllegalStateException.class, () -> envelope.open("g", "Secret", "s", sealed));
    }

    @Test
    void anotherKeyIsNamedNotTried() {
        byte[] sealed = envelope.seal("g", "Secret", "s", PLAIN);
        KeyEncryptionKey other = KeyEncryptionKey.generate();

        String message =
                assertThrows(
                                IllegalStateException.class,
                                () -> new Envelope(other).open("g", "Secret", "s", sealed))
                        .getMessage();
        assertTrue(message.contains(key.id()) && message.contains(other.id()), message);
    }
}
