using static Nonsmooth.Data.StrokePath;

namespace Nonsmooth.Data;

/// <summary>How people write the ten digits: several styles each, several strokes a style.</summary>
internal static class DigitShapes
{
    /// <summary>The styles of each digit.</summary>
    public static StrokePath[][][] Styles { get; } =
    [
        [
            [Curve(.55f, 0, .2f, .12f, .06f, .5f, .2f, .88f, .5f, 1, .8f, .86f, .93f, .5f, .8f, .14f, .5f, .01f)],
            [Curve(.7f, .06f, .4f, .02f, .15f, .3f, .12f, .7f, .35f, .98f, .66f, .9f, .86f, .55f, .84f, .2f, .62f, .03f)],
            [Curve(.3f, .06f, .1f, .4f, .22f, .88f, .55f, 1, .88f, .75f, .88f, .3f, .62f, .02f, .3f, .06f)],
        ],
        [
            [Line(.5f, 0, .5f, 1)],
            [Line(.27f, .24f, .53f, 0, .53f, 1)],
            [Line(.27f, .24f, .53f, 0, .53f, 1), Line(.22f, 1, .84f, 1)],
        ],
        [
            [Curve(.12f, .26f, .3f, .03f, .65f, .02f, .85f, .25f, .7f, .52f, .4f, .78f, .1f, 1), Line(.1f, 1, .92f, .98f)],
            [Curve(.12f, .22f, .35f, .02f, .72f, .05f, .82f, .3f, .6f, .62f, .25f, .92f, .1f, .88f, .2f, .75f, .45f, .86f, .7f, 1, .95f, .9f)],
            [Curve(.15f, .15f, .5f, 0, .82f, .16f, .72f, .5f, .15f, .95f), Curve(.15f, .95f, .5f, .9f, .9f, 1)],
        ],
        [
            [Curve(.15f, .12f, .45f, 0, .78f, .12f, .75f, .36f, .42f, .48f), Curve(.42f, .48f, .8f, .58f, .88f, .82f, .55f, 1, .12f, .88f)],
            [Line(.12f, .03f, .85f, .02f, .45f, .4f), Curve(.45f, .4f, .8f, .5f, .88f, .78f, .55f, 1, .1f, .88f)],
            [Curve(.18f, .1f, .55f, .01f, .78f, .2f, .6f, .42f, .4f, .46f, .7f, .52f, .86f, .75f, .6f, .98f, .14f, .92f)],
        ],
        [
            [Line(.25f, 0, .12f, .55f, .9f, .55f), Line(.7f, .05f, .66f, 1)],
            [Line(.68f, 1, .68f, 0, .08f, .66f, .95f, .66f)],
            [Curve(.18f, .02f, .14f, .35f, .3f, .52f, .6f, .48f, .8f, .36f), Line(.82f, .02f, .75f, 1)],
        ],
        [
            [Line(.85f, .02f, .25f, .02f, .2f, .42f), Curve(.2f, .42f, .5f, .36f, .85f, .5f, .85f, .8f, .5f, 1, .1f, .9f)],
            [Curve(.88f, .02f, .45f, .05f, .22f, .2f, .3f, .42f, .7f, .52f, .85f, .75f, .55f, 1, .12f, .92f)],
            [Curve(.28f, .04f, .2f, .4f, .55f, .38f, .85f, .6f, .75f, .9f, .4f, 1, .1f, .86f), Line(.28f, .04f, .9f, .01f)],
        ],
        [
            [Curve(.75f, .02f, .4f, .2f, .15f, .55f, .2f, .88f, .5f, 1, .82f, .86f, .8f, .62f, .5f, .52f, .22f, .7f)],
            [Curve(.6f, 0, .3f, .35f, .12f, .7f, .3f, .97f, .65f, .97f, .82f, .75f, .6f, .58f, .3f, .65f, .17f, .8f)],
            [Curve(.35f, 0, .14f, .45f, .16f, .85f, .45f, 1, .8f, .85f, .78f, .6f, .5f, .5f, .18f, .68f)],
        ],
        [
            [Line(.1f, .04f, .9f, .04f), Curve(.9f, .04f, .62f, .45f, .4f, 1)],
            [Line(.1f, .05f, .9f, .03f), Curve(.9f, .03f, .62f, .45f, .42f, 1), Line(.3f, .5f, .8f, .48f)],
            [Line(.12f, .2f, .12f, .04f, .9f, .04f, .45f, 1)],
        ],
        [
            [Curve(.75f, .15f, .5f, 0, .22f, .15f, .3f, .38f, .7f, .6f, .82f, .82f, .5f, 1, .18f, .82f, .3f, .6f, .68f, .4f, .78f, .2f)],
            [
                Curve(.5f, .46f, .25f, .3f, .3f, .06f, .5f, 0, .72f, .08f, .75f, .3f, .5f, .46f),
                Curve(.5f, .46f, .18f, .62f, .15f, .88f, .5f, 1, .85f, .88f, .82f, .62f, .5f, .46f),
            ],
            [Curve(.8f, .06f, .45f, .02f, .24f, .2f, .5f, .45f, .82f, .75f, .6f, .99f, .24f, .92f, .24f, .7f, .55f, .46f, .82f, .08f)],
        ],
        [
            [Curve(.8f, .18f, .5f, 0, .2f, .14f, .2f, .4f, .5f, .5f, .8f, .25f), Curve(.82f, .1f, .8f, .55f, .66f, 1)],
            [Curve(.8f, .2f, .5f, 0, .18f, .16f, .22f, .42f, .55f, .48f, .8f, .22f), Curve(.82f, .12f, .84f, .6f, .6f, .97f, .2f, .92f)],
            [Curve(.78f, .12f, .45f, .02f, .18f, .25f, .35f, .5f, .7f, .4f, .8f, .1f, .76f, .5f, .74f, 1)],
        ],
    ];
}
