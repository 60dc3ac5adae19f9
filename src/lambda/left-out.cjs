/*
 * Stands in the functions' bundles for packages that they never use, though files of theirs import them; build.ts has the
 * list. The clients can be made and destroyed, as `createAwsClients` does with all; whoever called them would fail at once.
 */
class LeftOut {
  send() {
    throw new Error("This client is not part of the functions' bundle.");
  }

  destroy() {}
}

module.exports = { CloudFormationClient: LeftOut, PricingClient: LeftOut, SQSClient: LeftOut };
