package dev.wick.model.check;

import dev.wick.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document that moves while the document is walked, and what was found wrong on the
 * way. Used by one thread, for one document.
 *
 * <p>The place costs nothing until something is wrong: paths become text only then.
 */
public final class Findings {

    private @Nullable String[] names = new String[16];
    private int[] indexes = new int[16];
    private int depth;
    private final List<Problem> found = new ArrayList<>();
    private final int most;

    /**
     * Of lists of which elements were left out, by their paths: where those that are left stood.
     */
    private final Map<String, int[]> kept = new HashMap<>();

    /** What is told only where nothing else is wrong at its path. */
    private final Map<String, Problem> suspected = new HashMap<>();

    /**
     * @param most how many problems are kept; later ones are dropped, for a list that nobody reads
     *     to its end
     */
    public Findings(int most) {
        this.most = most;
    }

    /** Goes into a field of where it is. */
    public void enter(String field) {
        room();
        names[depth++] = field;
    }

    /** Goes into an element, counted from 0, of where it is. */
    public void enter(int index) {
        room();
        names[depth] = null;
        indexes[depth++] = index;
    }

    /** Goes back to where it was before the last {@code enter}. */
    public void leave() {
        depth--;
    }

    private void room() {
        if (depth == indexes.length) {
            names = Arrays.copyOf(names, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
        }
    }

    /**
     * As {@code routes[2].match.path.regex}; empty for the document itself. On one line: a name
     * with control characters is quoted.
     */
    public String path() {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            String name = names[i];
            if (name == null) {
                int[] stood = kept.isEmpty() ? null : kept.get(path.toString());
                int index = stood == null ? indexes[i] : stood[indexes[i]];
                path.append('[').append(index).append(']');
            } else {
                path.append(i == 0 ? "" : ".").append(Spelling.onOneLine(name));
            }
        }
        return path.toString();
    }

    /**
     * The list that is here has lost elements: from now on an index in it counts those that are
     * left, and paths say where they stood.
     *
     * @param stood the former index of each that is left
     */
    public void keepOnly(int[] stood) {
        kept.put(path(), stood);
    }

    /**
     * Whether some list has lost elements, so that indexes in what was read are not those of the
     * text.
     */
    public boolean hasLost() {
        return !kept.isEmpty();
    }

    /** How deep it is below the document itself. */
    public int depth() {
        return depth;
    }

    /**
     * Something is wrong here.
     *
     * @param value as {@link Problem#shown} shows it
     */
    public void add(String value, String expected) {
        Problem problem = new Problem("", path(), value, expected);
        Problem less = suspected.isEmpty() ? null : suspected.remove(problem.field());
        if (less != null) {
            found.remove(less);
        }
        if (found.size() < most && !found.contains(problem)) {
            found.add(problem);
        }
    }

    /** Something is wrong here; what is added here later says more and stands in its place. */
    public void suspect(String value, String expected) {
        add(value, expected);
        Problem problem = new Problem("", path(), value, expected);
        if (found.contains(problem)) {
            suspected.put(problem.field(), problem);
        }
    }

    /** Something is wrong with a field of where it is. */
    public void add(String field, String value, String expected) {
        enter(field);
        add(value, expected);
        leave();
    }

    /** Something is wrong with the text of a field: nothing, if {@code expected} is null. */
    public void text(String field, String value, @Nullable String expected) {
        if (expected != null) {
            add(field, Problem.shown(value), expected);
        }
    }

    /** Something is wrong with the text that stands here: nothing, if {@code expected} is null. */
    public void text(String value, @Nullable String expected) {
        if (expected != null) {
            add(Problem.shown(value), expected);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public int size() {
        return found.size();
    }

    /** What was found, in the order of the document, under the document's name. */
    public List<Problem> of(String document) {
        List<Problem> problems = new ArrayList<>(found.size());
        for (Problem p : found) {
            problems.add(new Problem(document, p.field(), p.value(), p.expected()));
        }
        return problems;
    }
}
