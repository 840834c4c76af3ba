package dev.wick.store.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MarksTest {

    private static final Key KEY = new Key("Cluster", "c");

    private static Marks full() {
        Marks marks = new Marks();
        marks.document(KEY, new byte[100]);
        marks.host(new HostName("http", "", "a.com"));
        marks.listeners();
        return marks;
    }

    @Test
    void aDocumentCountsAsLargeAsItIsNow() {
        Marks marks = full();
        marks.document(new Key("Cluster", "d"), new byte[7]);
        marks.document(KEY, new byte[10]);
        assertEquals(17, marks.bytes());
        marks.document(KEY, null);
        assertEquals(7, marks.bytes());
    }

    @Test
    void afterAResetNothingIsKeptUntilItIsTold() {
        Marks reset = full();
        reset.reset();
        Marks late = full();
        late.add(reset);

        for (Marks marks : new Marks[] {reset, late}) {
            marks.add(full());

            assertTrue(marks.isReset());
            assertFalse(marks.isEmpty());
            assertEquals(Map.of(), marks.documents);
            assertEquals(Set.of(), marks.hosts);
            assertFalse(marks.hasListeners());
            assertEquals(0, marks.bytes());
        }
    }
}
