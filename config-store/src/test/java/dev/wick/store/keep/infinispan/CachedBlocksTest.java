package dev.wick.store.keep.infinispan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class CachedBlocksTest {

    @Test
    void whatIsPutIsThereUntilThereIsNoRoom() {
        try (CachedBlocks blocks = CachedBlocks.open(1 << 20).awaited()) {
            assertNull(blocks.block("x@0"));
            blocks.put("x@0", new byte[] {1, 2});
            assertArrayEquals(new byte[] {1, 2}, blocks.block("x@0"));
            for (int i = 0; i < 2000; i++) {
                blocks.put("y@" + i, new byte[16]);
            }
            int held = 0;
            for (int i = 0; i < 2000; i++) {
                held += blocks.block("y@" + i) == null ? 0 : 1;
            }
            assertTrue(held > 0 && held < 100, held + " blocks held in room for 58");
        }
    }

    @Test
    void roomForNothingIsRefused() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> CachedBlocks.open(5));
        assertEquals("room for blocks: 5 bytes (expected: 1 MiB or more)", refusal.getMessage());
    }
}
