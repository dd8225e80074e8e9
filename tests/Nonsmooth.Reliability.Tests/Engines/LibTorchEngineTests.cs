using Nonsmooth.Engines.Checks;
using Nonsmooth.Engines.Differences;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Reliability.Engines;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Reliability.Tests.Engines;

/// <summary>libtorch's autograd as an engine: what PyTorch 2.13 was recorded to answer, libtorch 2.10 answers when it is asked.</summary>
public class LibTorchEngineTests
{
    public LibTorchEngineTests() => LibTorchLibrary.Load();

    [Fact]
    public void AnswersWhatPyTorchWasRecordedToAnswer()
    {
        var folder = new RecordingFolder(Path.Combine(SharedData.FolderOrSkip("engines"), "engines"));
        var list = folder.Spellings();
        var live = LiveRecording.Of("libtorch", new LibTorchEngine(), list, ["f64"]);
        Assert.Empty(live.Faults);
        var diff = RecordingDiff.Between(folder.Open("pytorch-2.13"), live, list);
        Assert.True(diff.Compared > 20_000, $"{diff.Compared}");
        Assert.Empty(diff.Cells.Where(c => !c.IsRounding).Select(c => c.Spelling).Distinct());
    }

    [Fact]
    public void IsHeldToWhatItAnswers()
    {
        Assert.Empty(SelfTest.Of(new LibTorchEngine()));
        var list = Questions.Of([.. new[] { "relu", "max", "linalg.det" }.Select(SpellingCatalogue.Find)], ["f64", "f32"]);
        var report = CheckReport.Of(LiveRecording.Of("libtorch", new LibTorchEngine(), list), list);
        Assert.Empty(report.Recording.Faults);
        Assert.Equal(["linalg.det@f64 zero", "linalg.det@f32 zero"], report.Deviations.Select(d => d.Key));
    }

    [Fact]
    public void WhatItLacksItCannot()
    {
        var list = Questions.Of([SpellingCatalogue.Find("divide.no_nan_xy"), SpellingCatalogue.Find("multi_margin.label1")], ["f16"]);
        var live = LiveRecording.Of("libtorch", new LibTorchEngine(), list);
        Assert.Empty(live.Faults);
        Assert.Empty(live.Answers);
        Assert.Equal(["no divide_no_nan", "no multi_margin in 16 bits"], list.Select(s => live.Cannot[$"{s.Name}@f16"]));
    }
}
