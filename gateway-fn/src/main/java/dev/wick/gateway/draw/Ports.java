package dev.wick.gateway.draw;

import dev.wick.gateway.feed.Report;
import java.util.List;

/** Where the gateway listens: hears of the listener set, tells what became of it. */
public interface Ports extends ListenersDrawn {

    /** As they are now; any thread. */
    List<Report.Port> ports();
}
