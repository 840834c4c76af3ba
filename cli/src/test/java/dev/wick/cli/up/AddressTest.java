package dev.wick.cli.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.cli.arguments.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "8080, 127.0.0.1:8080",
        "0.0.0.0:80, 0.0.0.0:80",
        "[::1]:65535, [::1]:65535",
        "localhost:1, localhost:1"
    })
    void aPortMayHaveAnAddress(String text, String address) {
        assertEquals(address, Address.parse("--http", text).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 127.0.0.1",
        "0.0.0.0, 0.0.0.0",
        "127.0.0.2, 127.0.0.2",
        "::1, ::1",
        "nowhere.invalid, nowhere.invalid"
    })
    void aListenerIsToldTheAddressOfAName(String host, String ip) {
        assertEquals(ip, new Address(host, 80).ip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "x", ":80", "a:", "80:b"})
    void anythingElseIsRefused(String text) {
        UsageException e = assertThrows(UsageException.class, () -> Address.parse("--http", text));
        assertEquals("--http: " + text + " (expected: [ADDR:]PORT, PORT 1-65535)", e.getMessage());
    }

    @Test
    void aTakenPortIsAnObstacle() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Address address = new Address("127.0.0.1", other.getLocalPort());
            assertTrue(address.obstacle().contains("is taken"), address.obstacle());
        }
    }

    @Test
    void aClientAsksLoopbackWhereAllAddressesAreListenedOn() {
        assertEquals("http://127.0.0.1:80", new Address("0.0.0.0", 80).reachable().url());
    }
}
