package dev.wick.gateway.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OverloadSettingsTest {

    private static Trigger requests(String text) {
        return OverloadSettings.parse(text).trigger(OverloadAction.STOP_ACCEPTING_REQUESTS);
    }

    @Test
    void aTriggerIsAThresholdOrIsScaled() {
        assertEquals(0, new Trigger(0.9, 0.9).value(0.899));
        assertEquals(1, new Trigger(0.9, 0.9).value(0.9));
        Trigger scaled = new Trigger(0.5, 0.75);
        assertEquals(0, scaled.value(0.5));
        assertEquals(0.5, scaled.value(0.625));
        assertEquals(1, scaled.value(0.75));
        assertEquals(0, Trigger.OFF.value(1));
    }

    @Test
    void whatIsNotNamedIsAsByDefault() {
        assertEquals(new Trigger(0.7, 0.7), requests("stop_accepting_requests=0.7"));
        assertEquals(
                new Trigger(0.7, 0.8),
                requests("disable_http_keepalive=off, stop_accepting_requests=0.7-0.8"));
        assertEquals(new Trigger(0.85, 0.95), requests("disable_http_keepalive=off"));
        assertSame(OverloadSettings.OFF, OverloadSettings.parse("off"));
        assertTrue(OverloadSettings.OFF.off());
        assertFalse(OverloadSettings.DEFAULT.off());
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        String text = OverloadSettings.DEFAULT.text();
        assertEquals(text, OverloadSettings.parse(text).text());
        assertTrue(text.contains("stop_accepting_connections=0.95"), text);
    }

    @Test
    void whatIsNoneIsRefusedWithItsPart() {
        for (String wrong :
                new String[] {
                    "x",
                    "shrink_heap=0.9",
                    "stop_accepting_requests=1.5",
                    "stop_accepting_requests=0",
                    "stop_accepting_requests=NaN",
                    "stop_accepting_requests=0.9-0.8",
                    "stop_accepting_requests=0.9-"
                }) {
            String why =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () ->
                                            OverloadSettings.parse(
                                                    "disable_http_keepalive=off," + wrong))
                            .getMessage();
            assertEquals(wrong, why);
        }
    }
}
