package dev.wick.bench;

import java.nio.file.Path;

/**
 * What every contestant is asked to do: listen on loopback and send each of {@code hosts} host names to a cluster of its own, all
 * of them at the one backend.
 *
 * @param scene how it is to be set up
 * @param routes how many routes the one host has in {@link Scene#ROUTES}
 * @param folder where it may write its files
 */
record Task(int hosts, int backendPort, Path folder, Scene scene, int routes) {

    /** The host that the measured requests name; one in the middle, so that no order helps. */
    String host() {
        return host(hosts / 2);
    }

    static String host(int i) {
        return "h" + i + ".bench.test";
    }

    /** The prefix of route {@code i} in {@link Scene#ROUTES}. */
    static String route(int i) {
        return "/api/r" + i + "/";
    }

    boolean production() {
        return scene == Scene.PRODUCTION;
    }

    boolean grpc() {
        return scene == Scene.GRPC;
    }

    /** A name for files and gateways that no other task of the same run has. */
    String label() {
        return scene.name().toLowerCase(java.util.Locale.ROOT) + "-" + hosts;
    }
}
