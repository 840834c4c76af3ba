package dev.wick.route.compile;

import dev.wick.model.Problem;
import dev.wick.route.RouteTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a virtual host: a route table, or all the problems that stand in its way. */
public final class Compiled {

    private final @Nullable RouteTable table;
    private final List<Problem> problems;

    Compiled(@Nullable RouteTable table, List<Problem> problems) {
        this.table = table;
        this.problems = List.copyOf(problems);
    }

    /** Null exactly where there are problems. */
    public @Nullable RouteTable table() {
        return table;
    }

    /** Empty exactly where there is a table. */
    public List<Problem> problems() {
        return problems;
    }
}
