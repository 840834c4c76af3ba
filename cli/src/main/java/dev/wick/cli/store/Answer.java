package dev.wick.cli.store;

import dev.wick.model.Problem;
import java.util.List;

/**
 * What the store said.
 *
 * @param status as in HTTP
 * @param body of any shape, {@code application/problem+json} included
 */
public record Answer(int status, Json body) {

    public boolean isGood() {
        return status < 300;
    }

    /** Why not, a line for each reason; at least one. */
    public List<String> refusal() {
        List<Json> problems = body.at("problems").items();
        if (!problems.isEmpty()) {
            return problems.stream().map(Answer::problem).map(Problem::toString).toList();
        }
        String detail = body.at("detail").text();
        String title = body.at("title").text();
        if (detail.isEmpty()) {
            return List.of(title.isEmpty() ? "the store answers " + status : title);
        }
        return List.of(detail);
    }

    private static Problem problem(Json problem) {
        return new Problem(
                problem.at("document").text(),
                problem.at("field").text(),
                problem.at("value").text(),
                problem.at("expected").text());
    }
}
