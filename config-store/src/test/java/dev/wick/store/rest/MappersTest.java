package dev.wick.store.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MappersTest {

    @Test
    void aKeyThatIsMissingMakesHistoryGoneAndIsAnErrorElsewhere() {
        assertEquals(410, Mappers.whereKeyIsMissing("/v1/gateways/g/revisions/7"));
        assertEquals(410, Mappers.whereKeyIsMissing("/v1/gateways/g/revisions/7/restore"));
        assertEquals(500, Mappers.whereKeyIsMissing("/v1/gateways/revisions/apply"));
        assertEquals(500, Mappers.whereKeyIsMissing("/v1/gateways/g/Secret/s"));
        assertEquals(500, Mappers.whereKeyIsMissing("/v1/keys/rotate"));
    }
}
