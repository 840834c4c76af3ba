package dev.wick.gateway.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class KeptPartsTest {

    @Test
    void smallPartsTakeNoMoreBuffersThanTheyNeedAndGoOnInOrder() {
        KeptParts kept = new KeptParts();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            add(kept, Character.toString('a' + i % 26), all);
        }
        assertEquals(4, kept.size());
        add(kept, "L".repeat(5_000), all);
        add(kept, "s", all);
        assertEquals(6, kept.size());
        StringBuilder came = new StringBuilder();
        for (ByteBuf next = kept.poll(); next != null; next = kept.poll()) {
            came.append(next.toString(StandardCharsets.US_ASCII));
            next.release();
        }
        assertEquals(all.toString(), came.toString());
    }

    @Test
    void whatWasTakenIsNotWrittenTo() {
        KeptParts kept = new KeptParts();
        StringBuilder all = new StringBuilder();
        add(kept, "one", all);
        ByteBuf first = kept.poll();
        add(kept, "two", all);
        assertEquals("one", first.toString(StandardCharsets.US_ASCII));
        kept.clear();
        assertNull(kept.poll());
        first.release();
    }

    private static void add(KeptParts kept, String text, StringBuilder all) {
        ByteBuf part = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        kept.add(part);
        assertEquals(1, part.refCnt() - (text.length() < 1_024 ? 0 : 1));
        part.release();
        all.append(text);
    }
}
