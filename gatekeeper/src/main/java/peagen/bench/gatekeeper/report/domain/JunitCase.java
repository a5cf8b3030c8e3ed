package peagen.bench.gatekeeper.report.domain;

/**
 * One test case.
 *
 * @param name unique in its suite
 * @param result what became of it
 * @param type the state that it stands for, in lower case
 * @param message one line
 * @param detail everything else
 */
record JunitCase(String name, Result result, String type, String message, String detail) {

    /** What became of a test case. Only {@link #GREEN} is green; a skipped one is neither. */
    enum Result {
        GREEN,
        FAILURE,
        ERROR,
        SKIPPED
    }

    static JunitCase green(String name, String detail) {
        return new JunitCase(name, Result.GREEN, "pass", "", detail);
    }

    /** Adds it to {@code out}. */
    void write(StringBuilder out, String className) {
        out.append("    <testcase name=\"")
                .append(XmlText.escaped(name))
                .append("\" classname=\"")
                .append(XmlText.escaped(className))
                .append("\" time=\"0\">\n");
        switch (result) {
            case GREEN ->
                out.append("      <system-out>").append(XmlText.escaped(detail)).append("</system-out>\n");
            case FAILURE -> verdict(out, "failure");
            case ERROR -> verdict(out, "error");
            case SKIPPED ->
                out.append("      <skipped message=\"")
                        .append(XmlText.escaped(message))
                        .append("\"/>\n");
        }
        out.append("    </testcase>\n");
    }

    private void verdict(StringBuilder out, String element) {
        out.append("      <")
                .append(element)
                .append(" type=\"")
                .append(XmlText.escaped(type))
                .append("\" message=\"")
                .append(XmlText.escaped(message))
                .append("\">")
                .append(XmlText.escaped(detail))
                .append("</")
                .append(element)
                .append(">\n");
    }
}
