package peagen.bench.gatekeeper.api.edge;

import java.util.List;
import peagen.bench.service.http.ProblemDetails;
import peagen.bench.service.http.ProblemDetails.Fault;

/** A request cannot be answered as it was meant; expected, and nothing to log. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemDetails problem;

    ProblemException(ProblemDetails problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    static ProblemException of(int status, String detail) {
        return new ProblemException(ProblemDetails.of(status, detail));
    }

    static ProblemException of(int status, Fault fault) {
        return new ProblemException(ProblemDetails.of(status, List.of(fault)));
    }

    static ProblemException noRun(String runId) {
        return of(404, "there is no run '" + runId + "'");
    }

    ProblemDetails problem() {
        return problem;
    }
}
