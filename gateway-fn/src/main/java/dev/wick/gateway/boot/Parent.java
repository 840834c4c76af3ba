package dev.wick.gateway.boot;

import java.io.IOException;

/** Ends the process when whoever started it is gone, where that was asked for. */
final class Parent {

    private Parent() {}

    /** The parent holds the other end of standard input, and never writes to it. */
    static void watch(Settings settings) {
        if (settings.parent()) {
            Thread thread = new Thread(Parent::read, "parent");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void read() {
        try {
            int read = System.in.read();
            while (read >= 0) {
                read = System.in.read();
            }
        } catch (IOException e) {
            // As good as its end.
        }
        System.exit(0);
    }
}
