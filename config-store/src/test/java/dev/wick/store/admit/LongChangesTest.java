package dev.wick.store.admit;

import static dev.wick.store.TestStore.GATEWAY;
import static dev.wick.store.TestStore.bundle;
import static dev.wick.store.TestStore.wish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.wick.store.EnvelopeSealing;
import dev.wick.store.TestStore;
import dev.wick.store.access.Envelope;
import dev.wick.store.access.KeyEncryptionKey;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.Pin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that take longer to be planned than a reader may take between two looks. */
class LongChangesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final String ONE =
            "{kind: Secret, name: s, value: one}\n---\n{kind: Secret, name: t, value: one}";

    @TempDir Path folder;
    private final AtomicLong now = new AtomicLong();
    private TestStore store;

    /** Each secret that is opened takes 15 s. */
    private final class SlowSealing extends EnvelopeSealing {

        SlowSealing() {
            super(new Envelope(KeyEncryptionKey.generate()));
        }

        @Override
        public byte[] open(String gateway, String kind, String name, byte[] sealed) {
            now.addAndGet(15 * SECOND);
            return super.open(gateway, kind, name, sealed);
        }
    }

    @BeforeEach
    void open() {
        KeepSettings settings = KeepSettings.defaults().withNanoTime(now::get);
        store = new TestStore(TestStore.open(folder, settings), new SlowSealing());
        store.apply(ONE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aRestoreThatWalksForLongSucceeds() {
        store.apply("{kind: Secret, name: s, value: two}");
        store.apply("{kind: Secret, name: t, value: two}");

        Answer answer = store.admission.restore(wish(), 1);

        assertEquals(4, assertInstanceOf(Answer.Applied.class, answer).revision());
    }

    @Test
    void aLongApplySucceedsWhileOthersReadTheSameRevisionPageByPage() {
        for (int page = 0; page < 13; page++) {
            try (Pin pin = store.keep.pin(GATEWAY, 1)) {
                pin.renew(Duration.ofSeconds(60));
            }
            now.addAndGet(50 * SECOND);
        }

        Answer answer = store.admission.apply(wish(), bundle(ONE.replace("one", "two")));

        assertEquals(2, assertInstanceOf(Answer.Applied.class, answer).revision());
    }
}
