package dev.wick.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.model.HeaderMutations.HeaderValue;
import org.junit.jupiter.api.Test;

class HeaderMutationsTest {

    @Test
    void aDoubledPercentSignIsSentAsOne() {
        assertEquals("100%", new HeaderValue("x", "100%%").literal());
        assertEquals("%%", new HeaderValue("x", "%%%%").literal());
        assertEquals("plain", new HeaderValue("x", "plain").literal());
    }
}
