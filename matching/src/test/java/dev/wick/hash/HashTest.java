package dev.wick.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HashTest {

    @Test
    void xxHashGivesItsPublishedValues() {
        assertEquals(0xEF46DB3751D8E999L, XxHash.of(""));
        assertEquals(0xD24EC4F1A98C6E5BL, XxHash.of("a"));
        assertEquals(0x44BC2CF5AD770999L, XxHash.of("abc"));
        assertEquals(0xFBCEA83C8A378BF1L, XxHash.of("Nobody inspects the spammish repetition"));
        assertEquals(3728699739546630719L, XxHash.of("foo"));
    }

    @Test
    void textIsHashedAsUtf8() {
        assertEquals("\u00c3\u00a4", XxHash.octets("\u00e4"));
        assertEquals("plain", XxHash.octets("plain"));
    }
}
