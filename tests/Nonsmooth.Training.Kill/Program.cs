using Nonsmooth.Data;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

// A run that saves often, to be killed at any moment and started again: its only argument is the folder.
var data = Blobs.Load(new DatasetOptions { BlobDimensions = 8, TrainCount = 330, TestCount = 70, Seed = 5 });
var options = new TrainingOptions
{
    Network = Models.Find("mlp:8-16-4", data.Shape, data.ClassCount),
    Dataset = data,
    BatchSize = 32,
    Epochs = 200,
    Seed = 11,
    Threads = 1,
    Schedule = new CosineRate(0.01, 2000),
    OutputFolder = args[0],
    Resume = true,
    CheckpointEverySteps = 3,
};
using var trainer = new TrainingRun(options, new Announcer());
return trainer.Train().Interrupted ? 1 : 0;

/// <summary>Tells the killer that the first step is next.</summary>
internal sealed class Announcer : ITrainingObserver
{
    public void Started(TrainingPlan plan) => Console.WriteLine("started");
}
