package dev.wick.cli.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wick.cli.arguments.UsageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreClientTest {

    private static StoreClient client(String store) {
        return new StoreClient(store, "default", null, "nowhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8100",
                "http://127.0.0.1:8100/",
                "http://store",
                "http://wick_store:8100",
                "http://[::1]:8100/prefix",
                "https://store.example",
                "HTTP://store:1"
            })
    void aStoreMayBeAnywhere(String store) {
        assertDoesNotThrow(() -> client(store));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo",
                "127.0.0.1:8100",
                "localhost:8100",
                "//localhost:8100",
                "http:localhost",
                "http://:8100",
                "http://127.0.0.1:99999",
                "http://127.0.0.1:0",
                "http://127.0.0.1:x",
                "http://a b",
                "http://[::1",
                "ftp://store",
                "file:///tmp"
            })
    void whatIsNoAddressIsAWrongUsage(String store) {
        UsageException e = assertThrows(UsageException.class, () -> client(store));
        assertEquals(
                store + ": not a store's address (expected: http://HOST:PORT)", e.getMessage());
    }
}
