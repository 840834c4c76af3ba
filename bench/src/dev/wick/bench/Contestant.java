package dev.wick.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A proxy that may be measured. */
interface Contestant extends AutoCloseable {

    String name();

    /** Why it can't be measured here; empty if it can. */
    String missing();

    /** Makes ready all that is not part of its start: configuration files, or what lies in a store. */
    void prepare(Task task) throws IOException;

    /** What starts it on {@code port} with what was prepared. */
    List<String> command(int port) throws IOException;

    default Map<String, String> environment() {
        return Map.of();
    }

    @Override
    default void close() {}
}
