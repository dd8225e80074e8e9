using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>Runs of earlier releases go on, or are refused by the name of what differs.</summary>
public sealed class EarlierRunTests
{
    private static readonly TrainingOptions _options = SmallRun.Options with { Schedule = new CosineRate(0.01, 30), Precision = Precision.BFloat16, Selection = SmallRun.Options.Selection.At("fc1", SmallRun.Options.Selection with { ReluAtZero = 1 }) };

    [Fact]
    public void ARunOfAnEarlierReleaseGoesOn() => RunConfiguration.Of(_options).Check("folder", Earlier());

    [Fact]
    public void WhatDiffersIsRefusedByName()
    {
        void Refused(string part, TrainingOptions options, params (string Key, string Value)[] stored) =>
            Assert.Contains(part, Assert.Throws<NonsmoothException>(() => RunConfiguration.Of(options).Check("folder", Earlier(stored))).Message, StringComparison.Ordinal);

        Refused("has batch = 16, asked for is batch = 32", _options, ("batch", "16"));
        Refused("has schedule = LinearRate { From = 1, To = 0, Steps = 3 }, asked for is schedule = cosine:0.01:30:0", _options, ("schedule", "LinearRate { From = 1, To = 0, Steps = 3 }"));
        Refused("has optimizer.weight-decay = 0.5, asked for is optimizer.weight-decay = 0.01", _options, ("optimizer.weightDecay", "0.5"));
        Refused("has precision = Float32, asked for is precision = bf16", _options, ("precision", "Float32"));
        Refused("has crop = 2, asked for is crop = 0", _options, ("augmentation", "crop 2, flip"));
        Refused("has accumulate = 2, asked for is accumulate = 1", _options, ("accumulate", "2"));
        Refused("has selection.fc1.relu-at-zero = 0.5, asked for is selection.fc1.relu-at-zero = 1", _options, ("selection.fc1.reluAtZero", "0.5"));
        Refused("has selection.max-ties = first, asked for is selection.max-ties = average", _options, ("selection.reduceMaximumTies", "first"));
        Refused(
            "optimizer.groups = (not written by the release that saved it), asked for is optimizer.groups = rest",
            _options with { Optimizer = GroupedOptions.Parse("rest: innaprop") },
            ("optimizer.groups", "System.Collections.Generic.List`1[ParameterGroup]"));
    }

    // As they were written before settings were declared.
    private static Dictionary<string, string> Earlier(params (string Key, string Value)[] others)
    {
        var texts = new Dictionary<string, string>
        {
            ["network"] = _options.Network.Name, ["input"] = _options.Network.Examples.ToString()!, ["classes"] = "4", ["data"] = "blobs", ["data.train"] = "330", ["data.test"] = "70",
            ["data.checksum"] = RunConfiguration.Of(_options).Texts["data.checksum"], ["optimizer"] = "innaprop", ["rate"] = "0.01", ["schedule"] = "CosineRate { Peak = 0.01, Steps = 30, Floor = 0 }",
            ["batch"] = "32", ["seed"] = "11", ["precision"] = "BFloat16",
            ["optimizer.alpha"] = "0.1", ["optimizer.beta"] = "0.9", ["optimizer.alphaSchedule"] = "", ["optimizer.betaSchedule"] = "", ["optimizer.sigma"] = "0.999", ["optimizer.epsilon"] = "1E-08",
            ["optimizer.weightDecay"] = "0.01", ["optimizer.decayMode"] = "Decoupled", ["optimizer.form"] = "Velocity", ["optimizer.maximize"] = "False", ["optimizer.stateFormat"] = "Float32",
        };
        foreach (string prefix in (string[])["selection.", "selection.fc1."])
        {
            texts[$"{prefix}reluAtZero"] = prefix == "selection." ? "0" : "1";
            texts[$"{prefix}clampAtBounds"] = "steepest";
            texts[$"{prefix}reduceMaximumTies"] = "average";
            texts[$"{prefix}cumulativeMaximumTies"] = "last";
            texts[$"{prefix}normAtZero"] = "0";
            texts[$"{prefix}weaklyActive"] = "Inactive";
        }

        foreach (var (key, value) in others)
        {
            texts[key] = value;
        }

        return texts;
    }
}
