package dev.wick.store.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RevisionTest {

    @Test
    void anEtagReadsBackAsWhatWroteIt() {
        Revision revision = new Revision("a1b2", 17);
        assertEquals("\"a1b2.17\"", revision.etag());
        assertEquals(revision, Revision.parse(revision.etag()));
        assertEquals(revision, Revision.parse("W/\"a1b2.17\""));
        assertEquals(revision, Revision.parse("a1b2.17"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "a1b2",
                "a1b2.",
                ".7",
                "a.b.7",
                "a.-1",
                "a.99999999999999999999"
            })
    void whatIsNoEtagOfOursIsNone(String text) {
        assertNull(Revision.parse(text));
    }
}
