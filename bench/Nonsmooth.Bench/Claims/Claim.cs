namespace Nonsmooth.Bench.Claims;

/// <summary>A figure of speed that a document of ours states, or could: what was measured, against whom, and by which verb it is measured again.</summary>
/// <param name="Id">The verb and what of it, as <c>scalar/100/gradient</c>.</param>
/// <param name="What">What was timed, in words.</param>
/// <param name="Verb">The bench's arguments that measure it.</param>
/// <param name="Peer">Against what, with its version; null where there is none.</param>
/// <param name="Unit">Of <see cref="Measurement.Ours"/> and <see cref="Measurement.Theirs"/>.</param>
/// <param name="Goal">The ratio that was to be reached, at most; null without one.</param>
/// <param name="Measured">The last measurement that counts.</param>
internal sealed record Claim(string Id, string What, string Verb, string? Peer, string Unit, double? Goal, Measurement Measured);

/// <summary>What a run of a verb found.</summary>
/// <param name="Ours">Our figure; null where only the ratio was kept.</param>
/// <param name="Theirs">The peer's in the same run; null without a peer.</param>
/// <param name="Ratio">Ours to the peer's: the median over rounds where there are rounds, so not the quotient of the two medians. Below 1 we are faster.</param>
/// <param name="Low">The least ratio of a round.</param>
/// <param name="High">The largest ratio of a round.</param>
/// <param name="Machine">The processor, its widest vectors, cores.</param>
/// <param name="Conditions">What else the machine did.</param>
/// <param name="Date">The day, year-month-day.</param>
internal sealed record Measurement(double? Ours, double? Theirs, double? Ratio, double? Low, double? High, string Machine, string Conditions, string Date);

/// <summary>A sentence, or a part of one, with figures in it.</summary>
/// <param name="In">The document, by its path from the repository's root.</param>
/// <param name="Text">What stands there; figures as <c>{ID FIELD FORMAT}</c>, spaces of the name as underscores, where the field is ours, theirs, ratio, faster (1/ratio), low or high.</param>
internal sealed record Saying(string In, string Text);

/// <summary>The file <c>bench/claims.json</c>: written by hand but for the measurements, which <c>claims --measure --write</c> replaces.</summary>
/// <param name="Claims">Every figure.</param>
/// <param name="Sayings">Where figures are stated.</param>
internal sealed record ClaimFile(IReadOnlyList<Claim> Claims, IReadOnlyList<Saying> Sayings);
