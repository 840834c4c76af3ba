package dev.wick.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindsTest {

    @ParameterizedTest
    @CsvSource({
        "VirtualHost, VirtualHost",
        "virtualhosts, VirtualHost",
        "virtual-host, VirtualHost",
        "CLUSTERS, Cluster",
        "secrets, Secret",
        "Endpoints, Endpoints"
    })
    void aHurriedPersonIsUnderstood(String typed, String meant) {
        assertEquals(meant, Kinds.spelled(typed));
    }
}
