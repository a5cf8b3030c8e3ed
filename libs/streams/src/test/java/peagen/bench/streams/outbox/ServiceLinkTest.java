package peagen.bench.streams.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.failureOf;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;

class ServiceLinkTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeVertx() {
        answerOf(vertx.close());
    }

    @Test
    void givesAServiceABrokerTheServersClockAndAName() {
        BrokerSource source = answerOf(Brokers.open(vertx, new BrokerAddress.Stub()));

        ServiceLink link = answerOf(ServiceLink.open(vertx, source, "collector"));

        assertThat(link.producer().name()).matches("collector-[0-9a-f]{12}");
        long server = answerOf(link.broker().serverTimeMicros());
        assertThat(link.producer().nowMicros()).isBetween(server - 1_000_000, server + 5_000_000);
        assertThat(link.producer().envelope("run-1").clockUncertaintyMicros()).isPositive();
    }

    @Test
    void closingEndsItsBrokerAndNoOther() {
        BrokerSource source = answerOf(Brokers.open(vertx, new BrokerAddress.Stub()));
        ServiceLink link = answerOf(ServiceLink.open(vertx, source, "collector"));
        ServiceLink other = answerOf(ServiceLink.open(vertx, source, "collector"));

        answerOf(link.close());

        failureOf(link.broker().append("s", entry("0")));
        answerOf(other.broker().append("s", entry("1")));
        assertThat(answerOf(other.broker().length("s"))).isEqualTo(1);
    }
}
