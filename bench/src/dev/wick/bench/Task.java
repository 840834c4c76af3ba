package dev.wick.bench;

import java.nio.file.Path;

/**
 * What every contestant is asked to do: listen on loopback and send each of {@code hosts} host names to a cluster of its own, all
 * of them at the one backend.
 *
 * @param folder where it may write its files
 */
record Task(int hosts, int backendPort, Path folder) {

    /** The host that the measured requests name; one in the middle, so that no order helps. */
    String host() {
        return host(hosts / 2);
    }

    static String host(int i) {
        return "h" + i + ".bench.test";
    }
}
