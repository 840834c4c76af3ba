package dev.wick.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The small values that exchanges put into heads. */
class HeadsTest {

    @Test
    void datesAreHttpDates() {
        HttpDate date = new HttpDate();
        assertEquals("Thu, 01 Jan 1970 00:00:00 GMT", date.at(0));
        assertEquals("Fri, 20 Nov 2026 17:10:11 GMT", date.at(1_795_194_611));
        assertEquals("Tue, 29 Feb 2028 23:59:59 GMT", date.at(1_835_481_599));
        assertSame(date.at(5), date.at(5));
    }

    @Test
    void requestIdsAreRandomUuids() {
        UUID id = UUID.fromString(RequestId.next());
        assertEquals(4, id.version());
        assertEquals(2, id.variant());
        assertNotEquals(RequestId.next(), RequestId.next());
        assertEquals("ffffffff-ffff-4fff-bfff-ffffffffffff", RequestId.of(-1, -1));
        assertEquals("00000000-0000-4000-8000-000000000000", RequestId.of(0, 0));
    }

    @Test
    void hostKeysAreNormal() {
        assertSame("x.test:80", HostKey.of("x.test:80"));
        assertEquals("x.test:80", HostKey.of("X.Test.:80"));
        assertEquals("x.test", HostKey.of("x.TEST."));
        assertEquals("[::1]", HostKey.of("[::1]"));
        assertEquals("[::a]:8080", HostKey.of("[::A]:8080"));
        assertEquals(".", HostKey.of("."));
    }

    @Test
    void whatNoHostCanBeCalledIsNoName() {
        assertTrue(HostKey.isName("x"));
        assertTrue(HostKey.isName("a".repeat(253) + ":65535"));
        assertFalse(HostKey.isName("a".repeat(254) + ":65535"));
        assertFalse(HostKey.isName(""));
        assertFalse(HostKey.isName(".."));
    }
}
