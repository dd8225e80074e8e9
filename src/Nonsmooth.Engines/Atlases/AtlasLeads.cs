using System.Globalization;
using Nonsmooth.Engines.Pages;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Atlases;

/// <summary>What each page says first, in words that take no theory.</summary>
internal static class AtlasLeads
{
    private const string _cannotBe = "a slope that cannot be right";

    private static readonly string[] _wrong = ["outside", "zero", "notfinite"], _right = ["right", "rounded"];

    public static Lead Overview(Atlas atlas)
    {
        int wrong = atlas.Entries.Where(IsWrong).Select(e => e.Recording).Distinct().Count();
        string sentence = wrong == 0
            ? $"None of {Count(atlas.Recordings.Count, "recording")} of engines answers with {_cannotBe}."
            : $"{Whole(wrong)} of {Count(atlas.Recordings.Count, "recording")} of engines {(wrong == 1 ? "answers" : "answer")} somewhere with {_cannotBe}: not a number, zero where the function rises or falls, or a number that no rule of differentiation gives there.";
        return new(sentence, ("answers looked at", Whole(atlas.Cells.Count)), ("of those judged, right", Right(atlas.Entries)), ("defects and disagreements", Whole(AtlasDefect.Of(atlas).Count)));
    }

    public static Lead Function(string function, int spellings, IReadOnlyCollection<AtlasEntry> entries, int recordings)
    {
        string[] wrong = [.. entries.Where(IsWrong).Select(e => e.Recording).Distinct().Order(StringComparer.Ordinal)];
        string[] split = [.. entries.Where(e => e.Finding.Id == "split").Select(e => e.Recording).Distinct().Order(StringComparer.Ordinal)];
        string sentence = wrong.Length > 0 ? $"{(spellings == 1 ? function + " gets" : $"Written in some of {Whole(spellings)} ways, {function} gets")} {_cannotBe} in {Whole(wrong.Length)} of {Count(recordings, "recording")} of engines: {Few(wrong)}."
            : entries.All(e => e.Finding.Id == "unjudged") ? $"No answer about {function} could be judged."
            : split.Length > 0 ? $"No recording of an engine has {_cannotBe} of {function}, but in {Few(split)} its two ways to differentiate contradict each other."
            : $"No recording of an engine has {_cannotBe} of {function}, in whatever way it is written.";
        return new(sentence, ("recordings that answer", Whole(recordings)), ("ways to write it", Whole(spellings)), ("of answers judged, right", Right(entries)));
    }

    public static Lead Engine(Recording recording, IReadOnlyCollection<AtlasEntry> entries)
    {
        int judged = entries.Where(IsJudged).Sum(e => e.Count), right = entries.Where(IsRight).Sum(e => e.Count), wrong = entries.Where(IsWrong).Sum(e => e.Count);
        string sentence = judged == 0 ? $"No answer of {recording.Name} could be judged."
            : $"Of {Count(judged, "answer")} of {recording.Name} that can be judged, {Whole(right)} {(right == 1 ? "is" : "are")} right, and {(wrong == 0 ? "none has" : wrong == 1 ? "1 has" : Whole(wrong) + " have")} {_cannotBe}.";
        return new(sentence, ("answers that can be judged", Whole(judged)), ("of them right", Right(entries)), ("cannot be right", Whole(wrong)));
    }

    public static Lead Report(int defects) => new(
        defects == 0 ? "No defect and no disagreement was found." : $"{Count(defects, "defect or disagreement", "defects and disagreements")} of engines that people train with, what hurts training most first; most have a program of a few lines that shows it again.");

    private static bool IsWrong(AtlasEntry entry) => _wrong.Contains(entry.Finding.Id);

    private static bool IsRight(AtlasEntry entry) => _right.Contains(entry.Finding.Id);

    private static bool IsJudged(AtlasEntry entry) => entry.Finding.Id != "unjudged";

    private static string Right(IReadOnlyCollection<AtlasEntry> entries)
    {
        int judged = entries.Where(IsJudged).Sum(e => e.Count), right = entries.Where(IsRight).Sum(e => e.Count);

        // 99.96 % is not all.
        return judged == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{(right == judged ? 100 : Math.Min(99.9, 100.0 * right / judged)):0.#} %");
    }

    private static string Few(string[] names) => string.Join(", ", names.Take(4)) + (names.Length > 4 ? $" and {Whole(names.Length - 4)} more" : "");

    private static string Count(int count, string one, string? many = null) => $"{Whole(count)} {(count == 1 ? one : many ?? one + "s")}";

    private static string Whole(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
