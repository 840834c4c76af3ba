package dev.wick.gateway.client;

/**
 * Netty's own settings, which it reads once, when its classes load: small buffers' arenas for small
 * processes, and nothing at start-up that a gateway does not need. A property that is set already
 * is left alone.
 */
final class NettySettings {

    private NettySettings() {}

    /** To be called before any other class of Netty is used. */
    static void apply(int loops) {
        // One arena for each loop; chunks of 1 MiB instead of 4, for an idle instance holds one of
        // each arena.
        set("io.netty.allocator.numDirectArenas", Integer.toString(loops));
        set("io.netty.allocator.numHeapArenas", "1");
        set("io.netty.allocator.maxOrder", "7");
        set("io.netty.allocator.useCacheForAllThreads", "false");
        set("io.netty.leakDetection.level", "disabled");
        // Only ids of channels are made of these; finding them out walks the network interfaces and
        // loads management classes.
        set("io.netty.machineId", "02:00:00:ff:fe:00:00:01");
        set("io.netty.processId", "1");
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
