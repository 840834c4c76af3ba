package dev.wick.model.wire;

import dev.wick.model.Problem;

/** A text is no document of ours. Thrown by readers that stop at the first problem. */
public final class WireException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    WireException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    /** What is wrong, and where. */
    public Problem problem() {
        return problem;
    }
}
